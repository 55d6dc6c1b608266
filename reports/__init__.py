"""Charts and tables of the marts, and the page that shows them: ``python -m reports FOLDER``."""
