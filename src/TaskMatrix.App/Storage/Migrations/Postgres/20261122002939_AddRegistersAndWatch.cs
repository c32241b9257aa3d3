using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Postgres
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    duty = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    values = table.Column<string>(type: "text", nullable: false),
                    place = table.Column<string>(type: "text", nullable: true),
                    words = table.Column<string>(type: "text", nullable: false),
                    added_at = table.Column<long>(type: "bigint", nullable: false),
                    added_by = table.Column<string>(type: "text", nullable: false),
                    struck_at = table.Column<long>(type: "bigint", nullable: true),
                    struck_by = table.Column<string>(type: "text", nullable: true),
                    strike_reason = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_lines", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_results",
                columns: table => new
                {
                    line_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<string>(type: "text", nullable: false),
                    result = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<long>(type: "bigint", nullable: false),
                    recorded_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_results", x => new { x.line_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "watch_shifts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    starts_at = table.Column<long>(type: "bigint", nullable: false),
                    ends_at = table.Column<long>(type: "bigint", nullable: false),
                    post = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: true),
                    added_at = table.Column<long>(type: "bigint", nullable: false),
                    added_by = table.Column<string>(type: "text", nullable: false),
                    handed_over_at = table.Column<long>(type: "bigint", nullable: true),
                    handed_over_by = table.Column<string>(type: "text", nullable: true),
                    hand_over_note = table.Column<string>(type: "text", nullable: true),
                    hand_over_problems = table.Column<string>(type: "text", nullable: true),
                    cancelled_at = table.Column<long>(type: "bigint", nullable: true),
                    cancelled_by = table.Column<string>(type: "text", nullable: true),
                    cancel_reason = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
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
