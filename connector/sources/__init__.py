"""Where series come from without anybody writing them: files, counts of what customers bring, metric endpoints."""
