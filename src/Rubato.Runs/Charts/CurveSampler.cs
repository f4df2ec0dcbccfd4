using System.Collections.Immutable;

namespace Rubato.Runs.Charts;

/// <summary>
/// Thins out a curve so that its drawing stays what it is: of each column the first, last, smallest and largest point (M4: Jugel et al.,
/// "M4: A Visualization-Oriented Time Series Data Aggregation", PVLDB 7(10), 2014), and the two points of its largest jump, so that a step
/// stays upright. Of equal values in a row the first and the last are kept.
/// </summary>
/// <param name="columnSamples">The width of a column; 0 keeps every point.</param>
/// <remarks>Points come in ascending order. Not safe for use by several threads.</remarks>
internal sealed class CurveSampler(double columnSamples)
{
    private readonly List<CurvePoint> _kept = [];
    private readonly CurvePoint[] _column = new CurvePoint[6];
    private double _columnIndex = -1;
    private double _jump;

    // The column's points by what they are kept for.
    private ref CurvePoint First => ref _column[0];

    private ref CurvePoint Lowest => ref _column[1];

    private ref CurvePoint Highest => ref _column[2];

    private ref CurvePoint BeforeJump => ref _column[3];

    private ref CurvePoint AfterJump => ref _column[4];

    private ref CurvePoint Last => ref _column[5];

    internal void Add(in CurvePoint point)
    {
        if (columnSamples == 0)
        {
            Keep(point);
            return;
        }

        var column = Math.Floor(point.Samples / columnSamples);
        if (column != _columnIndex)
        {
            Flush();
            Array.Fill(_column, point);
            (_columnIndex, _jump) = (column, 0);
            return;
        }

        if (point.Value < Lowest.Value)
        {
            Lowest = point;
        }

        if (point.Value > Highest.Value)
        {
            Highest = point;
        }

        if (Math.Abs(point.Value - Last.Value) > _jump)
        {
            _jump = Math.Abs(point.Value - Last.Value);
            (BeforeJump, AfterJump) = (Last, point);
        }

        Last = point;
    }

    internal ImmutableArray<CurvePoint> ToPoints()
    {
        Flush();
        _columnIndex = -1;
        return [.. _kept];
    }

    private void Flush()
    {
        if (_columnIndex < 0)
        {
            return;
        }

        Array.Sort(_column, (a, b) => a.Samples.CompareTo(b.Samples));
        for (var i = 0; i < _column.Length; i++)
        {
            if (i == 0 || _column[i].Samples > _column[i - 1].Samples)
            {
                Keep(_column[i]);
            }
        }
    }

    private void Keep(in CurvePoint point)
    {
        if (_kept.Count >= 2 && _kept[^1].Value == point.Value && _kept[^2].Value == point.Value)
        {
            _kept[^1] = point;
        }
        else
        {
            _kept.Add(point);
        }
    }
}
