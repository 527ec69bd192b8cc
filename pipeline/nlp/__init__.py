"""The recognisers and encoders behind the stages."""
