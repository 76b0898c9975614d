"""The shapes of Atlassian's answers, only the few fields we want; entered through `mappings.boundary` alone."""
