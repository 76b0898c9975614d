"""What `okr doctor` looks at, and the sheet of permissions it prints; reads only, and no user."""
