namespace Rubato.Torch.Tests.Layers;

/// <summary>The slow obvious twins: one loop an index, over images (N, C, H, W) in row-major order.</summary>
internal static class Images
{
    public static double At(double[] image, long[] shape, long n, long c, long y, long x) =>
        y < 0 || x < 0 || y >= shape[2] || x >= shape[3] ? 0 : image[(((((n * shape[1]) + c) * shape[2]) + y) * shape[3]) + x];

    public static double[] Linear(double[] input, double[] weight, double[] bias, int inputs)
    {
        var outputs = bias.Length;
        var result = new double[input.Length / inputs * outputs];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = bias[i % outputs];
            for (var k = 0; k < inputs; k++)
            {
                result[i] += input[(i / outputs * inputs) + k] * weight[(i % outputs * inputs) + k];
            }
        }

        return result;
    }

    public static double[] Convolution(double[] input, long[] shape, double[] weight, long[] kernel, double[] bias, int stride, int padding)
    {
        List<double> result = [];
        for (var n = 0; n < shape[0]; n++)
        {
            for (var o = 0; o < kernel[0]; o++)
            {
                for (var y = -padding; y + kernel[2] <= shape[2] + padding; y += stride)
                {
                    for (var x = -padding; x + kernel[3] <= shape[3] + padding; x += stride)
                    {
                        var sum = bias[o];
                        for (var c = 0; c < kernel[1]; c++)
                        {
                            for (var i = 0; i < kernel[2]; i++)
                            {
                                for (var j = 0; j < kernel[3]; j++)
                                {
                                    sum += At(weight, kernel, o, c, i, j) * At(input, shape, n, c, y + i, x + j);
                                }
                            }
                        }

                        result.Add(sum);
                    }
                }
            }
        }

        return [.. result];
    }

    /// <summary>The values inside the image of every window, window by window.</summary>
    public static double[][] Windows(double[] input, long[] shape, int kernel, int stride, bool ceiling)
    {
        List<double[]> windows = [];
        for (var n = 0; n < shape[0]; n++)
        {
            for (var c = 0; c < shape[1]; c++)
            {
                for (var y = 0; Fits(y, shape[2]); y += stride)
                {
                    for (var x = 0; Fits(x, shape[3]); x += stride)
                    {
                        windows.Add(
                        [
                            .. from i in Enumerable.Range(y, kernel)
                               from j in Enumerable.Range(x, kernel)
                               where i < shape[2] && j < shape[3]
                               select At(input, shape, n, c, i, j),
                        ]);
                    }
                }
            }
        }

        return [.. windows];

        // Rounded up, a window counts if the one before it does not reach the edge.
        bool Fits(int first, long size) => ceiling ? first == 0 || first - stride + kernel < size : first + kernel <= size;
    }
}
