"""Delegations: what a text means to them, whom they listen to, and when they speak out.

Functions here take arrays and numbers, never the model. Array order is (country, issue or text, replicate).
"""
