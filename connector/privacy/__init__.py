"""What is read, kept and dropped, told from the code itself; the agreement about it, and the check that it is so."""
