"""How a document is shown, wherever it is: on the public pages, and to the desk before it is published."""
