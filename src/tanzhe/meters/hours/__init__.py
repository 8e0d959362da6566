"""Load and green supply hour by hour, and certificates that prove an hour.

matching      direct, contract, discharge, grid: the score, deficit hours, shares
storage       what storage would do at best, by HiGHS
certificates  granular certificates: ranges that cover an hour once
tables        hours and certificates from files
directline    rules of direct lines as dated data
"""
