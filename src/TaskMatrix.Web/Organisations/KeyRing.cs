using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Organisations;

/// <summary>Keeps the keys that protect cookies and forms in the database, so that every node and every restart knows them.</summary>
internal sealed class KeyRing(IReadContexts contexts, IWriteGate gate) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.Create();
        return [.. db.DataProtectionKeys.Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        gate.Run(
            async (db, ct) =>
            {
                db.DataProtectionKeys.Add(new DataProtectionKey { Name = $"{friendlyName}-{Guid.CreateVersion7():N}", Xml = element.ToString(SaveOptions.DisableFormatting) });
                await db.SaveChangesAsync(ct);
                return true;
            },
            CancellationToken.None).GetAwaiter().GetResult();
}
