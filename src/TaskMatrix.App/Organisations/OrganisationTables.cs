using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

internal sealed class JurisdictionTable : IEntityTypeConfiguration<Jurisdiction>
{
    public void Configure(EntityTypeBuilder<Jurisdiction> table)
    {
        table.ToTable("jurisdictions");
        table.HasKey(jurisdiction => jurisdiction.Id);
        // A unit has one area of its own at most.
        table.HasIndex(jurisdiction => new { jurisdiction.Parent, jurisdiction.ParentUnit }).IsUnique();
    }
}

internal sealed class OrganisationUnitTable : IEntityTypeConfiguration<OrganisationUnit>
{
    public void Configure(EntityTypeBuilder<OrganisationUnit> table)
    {
        table.ToTable("units");
        table.HasKey(unit => new { unit.Jurisdiction, unit.Id });
        table.Ignore(unit => unit.AccountablePost);
        table.Property(unit => unit.Aliases).AsJson();
        table.Property(unit => unit.Classes).AsJson();
        table.Property(unit => unit.Posts).AsJson();
    }
}

internal sealed class AccountTable : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> table)
    {
        table.ToTable("accounts");
        table.HasKey(account => account.UserName);
        table.HasIndex(account => account.NormalizedUserName).IsUnique();
        table.HasIndex(account => account.LinkHash).IsUnique();
        // Lists of a jurisdiction, in the order of the names, and the people of one unit.
        table.HasIndex(account => new { account.Jurisdiction, account.UserName });
        table.HasIndex(account => new { account.Jurisdiction, account.Unit });
        table.Property(account => account.Roles).AsJson();
    }
}

internal sealed class AccessTokenTable : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> table)
    {
        table.ToTable("access_tokens");
        table.HasKey(token => token.Hash);
        table.Ignore(token => token.Name);
        table.HasIndex(token => token.UserName);
    }
}
