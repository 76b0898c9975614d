"""THE MEMORY: ids, versions, digests, numbers, enums and weeks; the only room that knows a database."""
