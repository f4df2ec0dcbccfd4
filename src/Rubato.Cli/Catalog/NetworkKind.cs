using Rubato.Language;

namespace Rubato.Cli.Catalog;

/// <summary>A family of networks under one name.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record NetworkKind
{
    internal NetworkKind(string form, string summary, Func<string, bool> matches, Func<CallExpression, NetworkDesign> read) =>
        (Form, Summary, Matches, Read) = (form, summary, matches, read);

    /// <summary>The form of its text, for help, e.g. <c>mlp(SIZE, ..., norm none|batch)</c>.</summary>
    public string Form { get; }

    /// <summary>One line on what it is.</summary>
    public string Summary { get; }

    /// <summary>Whether a name belongs to the family.</summary>
    public Func<string, bool> Matches { get; }

    /// <summary>Reads the options.</summary>
    internal Func<CallExpression, NetworkDesign> Read { get; }
}
