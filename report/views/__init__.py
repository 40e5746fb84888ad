"""View models: what each page says, in words and written figures. They see the published contract and nothing else."""
