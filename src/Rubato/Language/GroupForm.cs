using System.Collections.Immutable;

namespace Rubato.Language;

/// <summary>The text form of parameter groups: <c>*.bias(lr 2 * base, weight-decay 0); fc.*(momentum 0.8)</c>.</summary>
internal static class GroupForm
{
    private const string Separator = ";";
    private const string Example = "*.bias(weight-decay 0)";

    private static readonly ImmutableArray<FormOption<GroupSettings>> Options =
    [
        new("lr", (reader, group) => group with { LearningRate = reader.TakeSchedule() }, group => $"{group.LearningRate}"),
        new("momentum", (reader, group) => group with { Momentum = reader.TakeSchedule() }, group => $"{group.Momentum}"),
        new("weight-decay", (reader, group) => group with { WeightDecay = reader.TakeSchedule() }, group => $"{group.WeightDecay}"),
    ];

    internal static ParameterGroups Parse(string text, string subject)
    {
        var source = new SourceText(subject, text);
        if (text.Length > Schedule.MaxTextLength)
        {
            throw source.Wrong(
                Schedule.MaxTextLength, $"the text has {text.Length} characters; groups have at most {Schedule.MaxTextLength}.");
        }

        var groups = ImmutableArray.CreateBuilder<GroupSettings>();
        var findings = new List<Finding>();
        foreach (var tokens in Split(Lexer.Read(text)))
        {
            try
            {
                groups.Add(Read(source, tokens));
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
            }
        }

        return findings.Count == 0 ? new ParameterGroups(groups.ToImmutable()) : throw new InvalidInputException(findings);
    }

    internal static string Print(ParameterGroups groups) => string.Join(
        $"{Separator} ",
        groups.Groups.Select(group => Printer.Call(group.Name, Printer.Changed(Options, group, new GroupSettings(group.Name)))));

    // The tokens of each group, with an end after them; between two separators there may be nothing.
    private static IEnumerable<List<Token>> Split(List<Token> tokens)
    {
        var group = new List<Token>();
        foreach (var token in tokens)
        {
            if (token.Text != Separator && token.Kind != TokenKind.End)
            {
                group.Add(token);
            }
            else if (group.Count > 0)
            {
                group.Add(new Token(TokenKind.End, "", token.Position));
                yield return group;
                group = [];
            }
        }
    }

    private static GroupSettings Read(SourceText source, List<Token> tokens)
    {
        var open = tokens.FindIndex(token => token.Kind == TokenKind.Open);
        if (open < 1)
        {
            throw source.Wrong(
                tokens[0].Position,
                $"'{Token.Shorten(source.Between(tokens[0], tokens[^2]))}' is no group; "
                + $"write a name and its schedules in parentheses, as in {Example}.");
        }

        var name = source.Between(tokens[0], tokens[open - 1]);
        var parser = new Parser(source, tokens[(open + 1)..], ScheduleFunctions.None, hasBase: true);
        if (parser.Next.Kind == TokenKind.Close)
        {
            throw source.Wrong(
                parser.Next.Position,
                $"group '{name}' has no schedule; give it one, for instance {name}(weight-decay 0), or leave the group out.");
        }

        var reader = new OptionReader(source, parser, $"group '{name}'");
        var group = reader.ReadEach(word => reader.Find(Options, word, []), new GroupSettings(name));
        parser.Take(TokenKind.End, $"'{Separator}' or the end after ')'");
        return group;
    }
}
