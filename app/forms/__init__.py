"""Definition field to form field, widget and validator; used by every door that shows a form."""
