namespace Rubato.Numerics;

/// <summary>Searches in ascending numbers.</summary>
internal static class Ascending
{
    /// <summary>How many numbers are below a bound.</summary>
    internal static int CountBelow(ReadOnlySpan<double> numbers, double bound)
    {
        var (low, high) = (0, numbers.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (numbers[middle] < bound)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>
    /// The last index whose number is at most a position; the numbers begin at or below it. Few numbers are searched in a row.
    /// </summary>
    internal static int IndexAt(double[] starts, double position)
    {
        if (starts.Length > 16)
        {
            var found = Array.BinarySearch(starts, position);
            if (found < 0)
            {
                return ~found - 1;
            }

            // Parts of no length share a start: the last of them holds.
            while (found + 1 < starts.Length && starts[found + 1] == position)
            {
                found++;
            }

            return found;
        }

        var index = starts.Length - 1;
        while (index > 0 && position < starts[index])
        {
            index--;
        }

        return index;
    }
}
