"""``seminar open``: JupyterLab set up for one participant, for that run only."""
