"""How use will go on: the prior, the likelihood, the sampler and the paths of the adoption forecast."""
