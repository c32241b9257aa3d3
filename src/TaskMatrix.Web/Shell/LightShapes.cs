using Microsoft.AspNetCore.Components;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.Shell;

/// <summary>The shape of each light, in a box of 12 by 12: lights are told apart without their colour.</summary>
internal static class LightShapes
{
    /// <summary>From the worst down, as legends name them.</summary>
    public static readonly IReadOnlyList<Light> WorstFirst = [Light.Red, Light.Yellow, Light.Blue, Light.Green, Light.Grey];

    public static MarkupString Of(Light light) => light switch
    {
        Light.Red => Triangle,
        Light.Yellow => Diamond,
        Light.Blue => Hourglass,
        Light.Green => Disc,
        _ => Box,
    };

    private static readonly MarkupString
        Triangle = new("""<path d="M6 .6 11.8 11H.2z"/>"""),
        Diamond = new("""<path d="M6 .4 11.6 6 6 11.6.4 6z"/>"""),
        Hourglass = new("""<path d="M0 1h12L6 6l6 5H0l6-5z"/>"""),
        Disc = new("""<circle cx="6" cy="6" r="5.2"/>"""),
        Box = new("""<path d="M1 1h10v10H1zm1.6 1.6v6.8h6.8V2.6z" fill-rule="evenodd"/>""");
}
