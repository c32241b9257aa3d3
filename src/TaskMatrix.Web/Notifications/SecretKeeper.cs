using Microsoft.AspNetCore.DataProtection;
using TaskMatrix.App.Notifications;

namespace TaskMatrix.Web.Notifications;

/// <summary>Protects the secrets of channels with the key ring of the installation.</summary>
internal sealed class SecretKeeper(IDataProtectionProvider protection) : ISecretKeeper
{
    private readonly IDataProtector _protector = protection.CreateProtector("TaskMatrix.Channels");

    public string Protect(string secret) => _protector.Protect(secret);

    public string Reveal(string kept) => _protector.Unprotect(kept);
}
