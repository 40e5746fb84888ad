"""The fitted model as a document: what it takes to give anybody a segment, without the table it was fitted to."""
