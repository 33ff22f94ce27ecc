"""The route of a procedure as a drawing: cards in lanes of who does them, ways between them; SVG without scripts."""
