namespace Rubato.Language;

/// <summary>A controller of the language.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Read">Reads all of the text around the word.</param>
internal sealed record ControllerForm(string Name, Func<CallReader, Rate> Read);
