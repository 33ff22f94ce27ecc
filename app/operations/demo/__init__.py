"""A trial office: people for every position, and dossiers in all situations, made by really running the engine."""
