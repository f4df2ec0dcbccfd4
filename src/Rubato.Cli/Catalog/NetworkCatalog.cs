using System.Collections.Immutable;
using Rubato.Language;

namespace Rubato.Cli.Catalog;

/// <summary>All networks by name. A new one is a file beside this and a line here.</summary>
internal static class NetworkCatalog
{
    /// <summary>The kinds, in the order of help.</summary>
    public static ImmutableArray<NetworkKind> Kinds { get; } =
    [
        NetworkKinds.Mlp,
        NetworkKinds.ConvNet,
        NetworkKinds.Cifar10Quick,
        NetworkKinds.Cifar10Full,
        NetworkKinds.ResNet,
        NetworkKinds.WideResNet,
    ];

    /// <summary>What a network's text is, in findings.</summary>
    internal const string Subject = "network";

    /// <summary>Names to suggest for a misspelt one.</summary>
    private static ImmutableArray<string> Names { get; } =
    [
        "mlp", "convnet", "cifar10-quick", "cifar10-full",
        "resnet-20", "resnet-32", "resnet-44", "resnet-56", "resnet-110",
        "wrn-16-4", "wrn-28-10",
    ];

    /// <summary>Reads a network's text.</summary>
    /// <param name="text">Its name with options, e.g. <c>mlp(256, 128, norm batch)</c>.</param>
    /// <returns>What it is and what makes it.</returns>
    /// <exception cref="InvalidInputException">The text names no network, or an option is wrong.</exception>
    public static NetworkDesign Parse(string text)
    {
        var expression = CallExpression.Parse(text, Subject);
        var kind = Kinds.FirstOrDefault(candidate => candidate.Matches(expression.Name))
            ?? throw new InvalidInputException(new Finding(
                Subject,
                expression.Name,
                "which is unknown",
                $"there are {string.Join("; ", Kinds.Select(candidate => candidate.Form))}.{Suggestion.For(expression.Name, Names)}"));
        return kind.Read(expression);
    }
}
