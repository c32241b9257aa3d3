using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Workplace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "paused_at",
                table: "schedules",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "paused_by",
                table: "schedules",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "paused_reason",
                table: "schedules",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_sign_in_at",
                table: "accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "link_hash",
                table: "accounts",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "link_until",
                table: "accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phone",
                table: "accounts",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_name = table.Column<string>(type: "text", nullable: false),
                    page = table.Column<string>(type: "text", nullable: false),
                    form = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    about = table.Column<string>(type: "text", nullable: false),
                    excerpt = table.Column<string>(type: "text", nullable: false),
                    values = table.Column<string>(type: "text", nullable: false),
                    saved_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drafts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_timers_failed",
                table: "timers",
                columns: new[] { "jurisdiction", "due_at", "task_id" },
                filter: "attempts > 0");

            migrationBuilder.CreateIndex(
                name: "IX_timers_set_aside",
                table: "timers",
                columns: new[] { "jurisdiction", "due_at", "task_id" },
                filter: "set_aside");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_jurisdiction_unit",
                table: "accounts",
                columns: new[] { "jurisdiction", "unit" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_jurisdiction_user_name",
                table: "accounts",
                columns: new[] { "jurisdiction", "user_name" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_link_hash",
                table: "accounts",
                column: "link_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_drafts_saved_at",
                table: "drafts",
                column: "saved_at");

            migrationBuilder.CreateIndex(
                name: "IX_drafts_user_name_page_form",
                table: "drafts",
                columns: new[] { "user_name", "page", "form" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "drafts");

            migrationBuilder.DropIndex(
                name: "IX_timers_failed",
                table: "timers");

            migrationBuilder.DropIndex(
                name: "IX_timers_set_aside",
                table: "timers");

            migrationBuilder.DropIndex(
                name: "IX_accounts_jurisdiction_unit",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "IX_accounts_jurisdiction_user_name",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "IX_accounts_link_hash",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "paused_at",
                table: "schedules");

            migrationBuilder.DropColumn(
                name: "paused_by",
                table: "schedules");

            migrationBuilder.DropColumn(
                name: "paused_reason",
                table: "schedules");

            migrationBuilder.DropColumn(
                name: "last_sign_in_at",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "link_hash",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "link_until",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "phone",
                table: "accounts");
        }
    }
}
