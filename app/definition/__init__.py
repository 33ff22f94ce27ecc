"""What a procedure is: YAML with positions, shape, rules, expressions. Pure: knows no dossier, no database, no web."""
