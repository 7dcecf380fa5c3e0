"""What all pages share: their look, their headers, their language and their error pages."""
