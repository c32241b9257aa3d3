using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddRegistersAndWatch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "register_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    duty = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    values = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<string>(type: "TEXT", nullable: true),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by = table.Column<string>(type: "TEXT", nullable: false),
                    struck_at = table.Column<long>(type: "INTEGER", nullable: true),
                    struck_by = table.Column<string>(type: "TEXT", nullable: true),
                    strike_reason = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_lines", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_results",
                columns: table => new
                {
                    line_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    day = table.Column<string>(type: "TEXT", nullable: false),
                    result = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_results", x => new { x.line_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "watch_shifts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    post = table.Column<string>(type: "TEXT", nullable: false),
                    phone = table.Column<string>(type: "TEXT", nullable: true),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by = table.Column<string>(type: "TEXT", nullable: false),
                    handed_over_at = table.Column<long>(type: "INTEGER", nullable: true),
                    handed_over_by = table.Column<string>(type: "TEXT", nullable: true),
                    hand_over_note = table.Column<string>(type: "TEXT", nullable: true),
                    hand_over_problems = table.Column<string>(type: "TEXT", nullable: true),
                    cancelled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cancelled_by = table.Column<string>(type: "TEXT", nullable: true),
                    cancel_reason = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_watch_shifts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_register_lines_duty_unit_code",
                table: "register_lines",
                columns: new[] { "duty", "unit", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_watch_shifts_jurisdiction_starts_at_id",
                table: "watch_shifts",
                columns: new[] { "jurisdiction", "starts_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_watch_shifts_jurisdiction_unit_starts_at_id",
                table: "watch_shifts",
                columns: new[] { "jurisdiction", "unit", "starts_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "register_lines");

            migrationBuilder.DropTable(
                name: "register_results");

            migrationBuilder.DropTable(
                name: "watch_shifts");
        }
    }
}
