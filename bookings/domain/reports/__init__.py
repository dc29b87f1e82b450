"""What has become of the studio's time: sums that the database makes, put into figures here."""
