using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Martlet.Web.Pages;

/// <summary>Makes HTML of components, once, on the server: no scripts, no connection afterwards. Everything that a component writes is encoded by it.</summary>
internal sealed class PageRenderer(IServiceProvider provider, ILoggerFactory loggers)
{
    /// <summary>Renders a page.</summary>
    /// <param name="component">With a parameter <c>Model</c>.</param>
    /// <param name="frame">What stands around it.</param>
    /// <param name="model">What it shows.</param>
    public async Task<string> RenderAsync(Type component, PageFrame frame, object model)
    {
        // One for each page: a renderer keeps what it has rendered.
        await using var renderer = new HtmlRenderer(provider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Document.Frame)] = frame,
                [nameof(Document.Component)] = component,
                [nameof(Document.Model)] = model,
            });
            return "<!DOCTYPE html>\n" + (await renderer.RenderComponentAsync<Document>(parameters)).ToHtmlString();
        });
    }
}
