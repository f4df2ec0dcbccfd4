using System.Text.Json;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests;

/// <summary>Golden data: what PyTorch computed, with the script that made it beside each file in <c>tests/golden</c>.</summary>
internal static class Golden
{
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", name)));
        return document.RootElement.Clone();
    }

    public static JsonElement[] Cases(string name) => [.. Read(name).GetProperty("cases").EnumerateArray()];

    public static double[] Numbers(this JsonElement element, string key) =>
        [.. element.GetProperty(key).EnumerateArray().Select(number => number.GetDouble())];

    public static long[] Integers(this JsonElement element, string key) =>
        [.. element.GetProperty(key).EnumerateArray().Select(number => number.GetInt64())];

    public static double Number(this JsonElement element, string key) => element.GetProperty(key).GetDouble();

    /// <summary>A float64 tensor.</summary>
    public static Tensor Tensor(this JsonElement element, string key, string shape) => Tests.Numbers.Of(element.Numbers(key), element.Integers(shape));
}
