using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>
/// Losses in the order in which they were seen. Appending gives a new history and leaves the old one as it was; both share one buffer, so
/// that a run's histories take O(1) each, amortized. Only appending to a history that was appended to before copies it.
/// </summary>
/// <remarks>Immutable and safe for use by several threads; equality is by value, where NaN equals NaN.</remarks>
[JsonConverter(typeof(LossHistoryJsonConverter))]
public sealed class LossHistory : IReadOnlyList<double>, IEquatable<LossHistory>
{
    private const int FirstCapacity = 64;
    private readonly Shared _shared;

    private LossHistory(Shared shared, int count)
    {
        _shared = shared;
        Count = count;
    }

    /// <summary>No losses.</summary>
    public static LossHistory Empty { get; } = new(new Shared([]), 0);

    /// <summary>How many losses.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public double this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _shared.Items[index];
        }
    }

    /// <summary>A history of given losses.</summary>
    /// <param name="losses">The losses; copied.</param>
    /// <returns>The history.</returns>
    public static LossHistory Of(params ReadOnlySpan<double> losses)
    {
        var shared = new Shared(losses.ToArray()) { Used = losses.Length };
        foreach (ref var loss in shared.Items.AsSpan())
        {
            loss = Plain(loss);
        }

        return new LossHistory(shared, losses.Length);
    }

    /// <summary>This history and one more loss.</summary>
    /// <param name="loss">Any number; every NaN is kept as <see cref="double.NaN"/>.</param>
    /// <returns>The longer history.</returns>
    public LossHistory Append(double loss)
    {
        lock (_shared)
        {
            if (_shared.Used == Count && Count < _shared.Items.Length)
            {
                _shared.Items[Count] = Plain(loss);
                _shared.Used++;
                return new LossHistory(_shared, Count + 1);
            }
        }

        // What another history wrote behind this one's end, or no room: a buffer of its own.
        var items = new double[Math.Max(FirstCapacity, 2 * Count)];
        AsSpan().CopyTo(items);
        items[Count] = Plain(loss);
        return new LossHistory(new Shared(items) { Used = Count + 1 }, Count + 1);
    }

    /// <summary>The losses without a copy.</summary>
    /// <returns>As many as <see cref="Count"/>.</returns>
    public ReadOnlySpan<double> AsSpan() => _shared.Items.AsSpan(0, Count);

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return _shared.Items[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(LossHistory? other) =>
        other is not null && MemoryMarshal.Cast<double, long>(AsSpan()).SequenceEqual(MemoryMarshal.Cast<double, long>(other.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LossHistory);

    /// <inheritdoc/>
    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, this[0], this[^1]);

    private static double Plain(double loss) => double.IsNaN(loss) ? double.NaN : loss;

    private sealed class Shared(double[] items)
    {
        internal double[] Items { get; } = items;

        internal int Used { get; set; }
    }
}
