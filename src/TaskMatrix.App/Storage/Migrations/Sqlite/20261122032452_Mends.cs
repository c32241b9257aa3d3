using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Mends : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "signed_by_post",
                table: "raised_events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "amendments",
                table: "meetings",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "minutes_by",
                table: "meetings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "moves",
                table: "meetings",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "signed_by_post",
                table: "raised_events");

            migrationBuilder.DropColumn(
                name: "amendments",
                table: "meetings");

            migrationBuilder.DropColumn(
                name: "minutes_by",
                table: "meetings");

            migrationBuilder.DropColumn(
                name: "moves",
                table: "meetings");
        }
    }
}
