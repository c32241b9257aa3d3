using TaskMatrix.App.Plans;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.TaskInstances;

/// <summary>The sentence of a plan that a task given by hand rests on: <c>plan#clause</c>. The task belongs to no plan for that.</summary>
public static class ClauseReference
{
    public static string Of(string plan, string clause) => $"{plan}#{clause}";

    /// <returns>Null for a task of a duty, whose plan stands beside it, and for anything else that names no clause of the jurisdiction.</returns>
    internal static (PlanContent Plan, Clause Clause)? Find(string reference, string jurisdiction, Catalogue catalogue) =>
        reference.Split('#') is [var plan, var id] && catalogue.Set.Plan(plan) is { } content && content.Definition.Jurisdiction == jurisdiction
            && content.Document.Clauses.FirstOrDefault(clause => clause.Id == id) is { } clause
            ? (content, clause)
            : null;
}
