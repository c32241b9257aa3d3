using Npgsql;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Storage;

public sealed class PostgresProgramsTests
{
    [Theory]
    [InlineData(15, "15")]
    [InlineData(16, "16")]
    [InlineData(14, "15")]
    [InlineData(18, "17")]
    public void Takes_the_programs_of_the_servers_version_else_the_next(int version, string taken)
    {
        var installed = Directory.CreateTempSubdirectory("taskmatrix-programs-").FullName;
        foreach (var folder in new[] { "9", "15", "16", "17" })
        {
            File.Create(Path.Combine(Directory.CreateDirectory(Path.Combine(installed, folder, "bin")).FullName, "pg_dump")).Dispose();
        }

        Assert.Equal(Path.Combine(installed, taken, "bin", "pg_dump"), PostgresPrograms.Find("pg_dump", version, installed));
        Directory.Delete(installed, recursive: true);
    }

    [Fact]
    public void Leaves_what_the_connection_does_not_name_to_the_environment()
    {
        var environment = new Dictionary<string, string?> { ["PGPASSFILE"] = "/home/owner/.pgpass" };
        PostgresPrograms.Connect(environment, new NpgsqlConnectionStringBuilder("Host=db.example;Database=tm;Username=owner"));
        Assert.Equal("/home/owner/.pgpass", environment["PGPASSFILE"]);
    }

    [Fact]
    public void Tells_them_all_that_the_connection_says_and_nothing_on_the_command_line()
    {
        var environment = new Dictionary<string, string?>();
        PostgresPrograms.Connect(environment, new NpgsqlConnectionStringBuilder(
            "Host=db.example;Port=5433;Database=tm;Username=owner;Password=secret;SSL Mode=VerifyFull;Root Certificate=/etc/ca.pem;SSL Certificate=/etc/own.pem;SSL Key=/etc/own.key;Passfile=/etc/pgpass"));

        Assert.Equal(
            ["PGCONNECT_TIMEOUT=15", "PGDATABASE=tm", "PGHOST=db.example", "PGPASSFILE=/etc/pgpass", "PGPASSWORD=secret", "PGPORT=5433", "PGSSLCERT=/etc/own.pem",
                "PGSSLKEY=/etc/own.key", "PGSSLMODE=verify-full", "PGSSLROOTCERT=/etc/ca.pem", "PGUSER=owner"],
            environment.Select(one => $"{one.Key}={one.Value}").Order(StringComparer.Ordinal));
    }
}
