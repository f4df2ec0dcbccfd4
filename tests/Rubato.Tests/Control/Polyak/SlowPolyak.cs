using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>The obvious twin of <see cref="Polyak"/>: keeps all that it saw, and sums over all of it at each update.</summary>
internal sealed class SlowPolyak(PolyakSettings settings)
{
    private readonly List<(double Loss, double Descent)> _seen = [];

    internal double Base { get; private set; } = settings.FirstRate;

    internal void See(double loss, double? descent)
    {
        if (!double.IsFinite(loss) || loss < 0 || descent is not { } fall || !double.IsFinite(fall))
        {
            return;
        }

        _seen.Add((loss, fall));
        var (losses, descents) = (0.0, 0.0);
        for (var i = 0; i < _seen.Count; i++)
        {
            var weight = Math.Pow(settings.Averaging, _seen.Count - 1 - i);
            losses += weight * _seen[i].Loss;
            descents += weight * _seen[i].Descent;
        }

        if (losses > 0 && descents > 0)
        {
            Base = losses / descents > settings.MostRise * Base ? settings.MostRise * Base : losses / descents;
        }
    }

    internal void Forget() => _seen.Clear();
}
