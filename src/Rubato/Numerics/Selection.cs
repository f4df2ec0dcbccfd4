namespace Rubato.Numerics;

/// <summary>Finds numbers by their place in the order, without sorting.</summary>
internal static class Selection
{
    /// <summary>The number with a given count of others below it or equal.</summary>
    /// <param name="numbers">At least one, none NaN; put into another order.</param>
    /// <param name="place">From 0, the smallest.</param>
    /// <remarks>Hoare 1961, "Algorithm 65: Find", Communications of the ACM 4.</remarks>
    internal static double At(Span<double> numbers, int place)
    {
        var (low, high) = (0, numbers.Length - 1);
        while (low < high)
        {
            var pivot = numbers[place];
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (numbers[left] < pivot)
                {
                    left++;
                }

                while (numbers[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (numbers[left], numbers[right]) = (numbers[right], numbers[left]);
                    left++;
                    right--;
                }
            }

            low = right < place ? left : low;
            high = left > place ? right : high;
        }

        return numbers[place];
    }
}
