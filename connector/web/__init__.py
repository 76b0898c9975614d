"""What a browser is shown beside Confluence: state for people, numbers for machines."""
