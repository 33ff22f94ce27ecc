"""How it is kept: tables, journal, numbering, files, versions. The only home of database queries."""
