using Rubato.Numerics;

namespace Rubato.Language;

/// <summary><c>polyak[(MULTIPLE)] [* SCHEDULE]</c>: the schedule is in shares of the rate.</summary>
internal static class PolyakForm
{
    internal const string Name = "polyak";

    internal const string Example = $"{Name} * cosine(1 -> 0)";

    private const double UsualMultiple = 1;

    internal static Rate Read(CallReader reader)
    {
        if (reader.Before() is { } before)
        {
            reader.Complain($"{Name} takes the whole run; leave out what stands before it, '{before}'.");
        }

        var multiple = reader.TryReadNumber($"the multiple in parentheses, as in {Name}(2)") ?? UsualMultiple;
        if (!(double.IsFinite(multiple) && multiple > 0))
        {
            reader.Complain("the multiple must be a finite number above 0.");
        }

        var shape = reader.Factor($"a schedule in shares of the rate after '{Name}', as in {Example}");
        reader.Finish();
        return new PolyakRate(multiple, shape);
    }

    internal static string Print(PolyakRate rate)
    {
        var call = Printer.Call(Name, rate.Multiple.Equals(UsualMultiple) ? [] : [ExactNumber.Text(rate.Multiple)]);
        return rate.Shape is null ? call : $"{call} * {rate.Shape}";
    }
}
