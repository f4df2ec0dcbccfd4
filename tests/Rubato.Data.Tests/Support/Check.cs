namespace Rubato.Data.Tests.Support;

internal static class Check
{
    internal static void Finding(string expected, Action action) => Findings([expected], action);

    internal static void Findings(string[] expected, Action action) =>
        Assert.Equal(expected, Assert.Throws<InvalidInputException>(action).Message.Split('\n'));

    internal static float[] All(Examples examples)
    {
        var values = new float[examples.Count * examples.ExampleLength];
        examples.Read([.. Enumerable.Range(0, examples.Count)], values);
        return values;
    }

    internal static int[] Labels(Examples examples) => [.. Enumerable.Range(0, examples.Count).Select(examples.LabelOf)];
}
