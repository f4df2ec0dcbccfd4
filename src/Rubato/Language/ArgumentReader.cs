using Rubato.Schedules;

namespace Rubato.Language;

/// <summary>Reads the parentheses of one form, after its name.</summary>
internal sealed class ArgumentReader(SourceText source, Parser parser, Form form, int position, ScheduleFunctions functions)
{
    private readonly Arguments _arguments = new(functions);
    private readonly Quantities _quantities = new(source, parser);
    private readonly OptionReader _options = new(source, parser, form.Name);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private bool _hasBare;

    private string AsInExample => $"as in {form.Example}";

    /// <summary>The schedule.</summary>
    internal Schedule Read()
    {
        parser.Take(TokenKind.Open, $"'(' after '{form.Name}', {AsInExample}");
        if (form.Lead == Lead.None)
        {
            ReadOther();
        }
        else
        {
            ReadLead();
        }

        while (parser.TryTake(TokenKind.Comma))
        {
            ReadOther();
        }

        if (!parser.TryTake(TokenKind.Close))
        {
            throw EndsInSchedule() ? parser.AfterSchedule("'then', '+', '*', ',' or ')'") : source.Expected("',' or ')'", parser.Next);
        }

        RequireAll();
        return source.Make(position, form.Name, () => form.Make(_arguments));
    }

    private bool EndsInSchedule() => form.Bare == Bare.Stages || (form.Lead == Lead.Schedule && !_hasBare && _written.Count == 0);

    private void ReadLead()
    {
        switch (form.Lead)
        {
            case Lead.Number:
                _arguments.First = Number();
                break;
            case Lead.Arrow:
                ReadPair(TokenKind.Arrow, "->");
                break;
            case Lead.Range:
                ReadPair(TokenKind.Dots, "..");
                break;
            case Lead.Function:
                _arguments.Function = parser.Take(TokenKind.Name, $"the name of a function, {AsInExample}").Text;
                break;
            default:
                _arguments.Inner = parser.ReadSchedule();
                break;
        }
    }

    private void ReadOther()
    {
        if (parser.Next.Kind == TokenKind.Name && !parser.Next.BeginsDuration)
        {
            _options.ReadOne(word => _options.Find(form.Options, word, [], $", {AsInExample}"), _arguments, _written);
            return;
        }

        if (form.Bare == Bare.None || (_hasBare && form.Bare is not (Bare.Points or Bare.Stages)))
        {
            throw parser.Next.Kind == TokenKind.Number
                ? source.Wrong(
                    parser.Next.Position, $"'{Token.Shorten(parser.Next.Text)}' is one argument too many for {form.Name}; write it {AsInExample}.")
                : source.Expected(form.Options.IsEmpty ? "')'" : $"one of the options {string.Join(", ", form.Options.Select(option => option.Name))}", parser.Next);
        }

        ReadBare();
        _hasBare = true;
    }

    private void ReadBare()
    {
        switch (form.Bare)
        {
            case Bare.Length or Bare.Duration:
                _arguments.Length = _quantities.TakeDuration($"a duration, {AsInExample}");
                break;
            case Bare.Number:
                _arguments.Factor = Number();
                break;
            case Bare.Count:
                _arguments.BareCount = _quantities.TakeCount("a whole number of at least 1");
                break;
            case Bare.Range:
                ReadPair(TokenKind.Dots, "..");
                break;
            case Bare.Points:
                _arguments.Points.Add(new TablePoint(DurationBeforeColon(), Number()));
                break;
            default:
                _arguments.Stages.Add(new Stage(DurationBeforeColon(), parser.ReadSchedule()));
                break;
        }
    }

    private void RequireAll()
    {
        string[] missing = [.. form.Options.Where(option => option.IsRequired).Select(option => option.Name).Except(_written, StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw source.Wrong(position, $"{form.Name} needs {Listing.Of(missing)}, {AsInExample}.");
        }

        var bare = form.Bare switch
        {
            Bare.Duration => "a duration",
            Bare.Number => "a number",
            Bare.Range => "two bounds",
            Bare.Points => "at least one point",
            Bare.Stages => "at least one stage",
            _ => "",
        };
        if (!_hasBare && bare.Length > 0)
        {
            throw source.Wrong(position, $"{form.Name} needs {bare}, {AsInExample}.");
        }
    }

    private void ReadPair(TokenKind sign, string between)
    {
        _arguments.First = Number();
        parser.Take(sign, $"'{between}', {AsInExample}");
        _arguments.Second = Number();
    }

    private double Number() => _quantities.TakeNumber($"a number, {AsInExample}");

    private Duration DurationBeforeColon()
    {
        var duration = _quantities.TakeDuration($"a duration, {AsInExample}");
        parser.Take(TokenKind.Colon, $"':', {AsInExample}");
        return duration;
    }
}
