"""Staff screens: Flask-AppBuilder views over the catalogue."""
