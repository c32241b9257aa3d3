namespace TaskMatrix.Engine.Workflows;

/// <summary>In which order the steps of a process are drawn, and which way arrows take that do not go straight down.</summary>
public static class ProcessOrder
{
    /// <summary>Each step after all that lead to it, so that every arrow but a loop points down; the first start stands first.</summary>
    public static List<Step> Of(ProcessDefinition process)
    {
        var order = new List<Step>();
        var seen = new HashSet<string>();
        void Visit(string id)
        {
            if (seen.Add(id))
            {
                var step = process.Find(id);
                foreach (var next in step.Following.Reverse())
                {
                    Visit(next);
                }

                order.Insert(0, step);
            }
        }

        if (process.OnOccurrence is { } other && other != process.Start)
        {
            Visit(other);
        }

        Visit(process.Start);
        return order;
    }

    /// <summary>Arrows that pass by a row, each in the first lane that is free beside the rows it passes.</summary>
    /// <returns>Rows and lane, all 0-based.</returns>
    public static IReadOnlyList<(int From, int To, int Lane)> Lanes(List<Step> order)
    {
        var lanes = new List<(int From, int To, int Lane)>();
        foreach (var (from, to) in Passing(order).OrderBy(arrow => Math.Abs(arrow.To - arrow.From)))
        {
            var lane = 0;
            while (lanes.Any(taken => taken.Lane == lane && Math.Min(taken.From, taken.To) < Math.Max(from, to) && Math.Min(from, to) < Math.Max(taken.From, taken.To)))
            {
                lane++;
            }

            lanes.Add((from, to, lane));
        }

        return lanes;
    }

    private static IEnumerable<(int From, int To)> Passing(List<Step> order) =>
        order.SelectMany((step, from) => step.Following.Select(next => (From: from, To: order.FindIndex(other => other.Id == next)))).Where(arrow => arrow.To != arrow.From + 1);
}
