"""Spanish as people in the United States write it: a clock of 12 hours, and $1,200.50."""

TIME_FORMAT = "P"
DATETIME_FORMAT = r"j \d\e F \d\e Y, P"
SHORT_DATETIME_FORMAT = "d/m/Y P"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
