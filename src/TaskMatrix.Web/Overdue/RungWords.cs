using TaskMatrix.Engine.Overdue;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Overdue;

/// <summary>Rungs of a ladder by what they do; the ladder's own names for them are ids.</summary>
internal static class RungWords
{
    /// <summary>催办（承办单位）.</summary>
    public static string Rung(this Texts texts, RungKind kind, RungRecipient to) => texts["rung.of", texts["rung." + Texts.Camel(kind)], texts["rung.to." + Texts.Camel(to)]];
}
