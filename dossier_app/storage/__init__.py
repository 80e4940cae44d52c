"""The encrypted database: key vault, connection, migrations, journal, repositories."""
