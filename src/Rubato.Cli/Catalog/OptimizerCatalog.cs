using System.Collections.Immutable;
using Rubato.Language;

namespace Rubato.Cli.Catalog;

/// <summary>All optimizers by name. A new one is a file beside this and a line here.</summary>
internal static class OptimizerCatalog
{
    /// <summary>The kinds, in the order of help.</summary>
    public static ImmutableArray<OptimizerKind> Kinds { get; } =
    [
        OptimizerKinds.Sgd,
        OptimizerKinds.Nesterov,
        OptimizerKinds.Adam,
        OptimizerKinds.AdamW,
        OptimizerKinds.RmsProp,
        OptimizerKinds.Adagrad,
        OptimizerKinds.Adadelta,
        OptimizerKinds.AdamP,
        OptimizerKinds.Sgdp,
        OptimizerKinds.Lamb,
        OptimizerKinds.Lars,
    ];

    /// <summary>What an optimizer's text is, in findings.</summary>
    internal const string Subject = "optimizer";

    /// <summary>Reads an optimizer's text.</summary>
    /// <param name="text">Its name with options, e.g. <c>adam(beta2 0.99)</c>.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="InvalidInputException">The text names no optimizer, or an option is wrong.</exception>
    public static OptimizerDesign Parse(string text)
    {
        var expression = CallExpression.Parse(text, Subject);
        var kind = Kinds.FirstOrDefault(candidate => candidate.Name == expression.Name)
            ?? throw new InvalidInputException(new Finding(
                Subject,
                expression.Name,
                "which is unknown",
                $"there are {string.Join(", ", Kinds.Select(candidate => candidate.Name))}."
                    + Suggestion.For(expression.Name, [.. Kinds.Select(candidate => candidate.Name)])));
        return kind.Read(expression);
    }
}
