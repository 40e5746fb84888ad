"""Charts: one Altair function a chart, drawn by the press into pictures and interactive specifications."""
