// The contrast of the text in each [data-part], as WCAG counts it, and the size of its letters.
() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, ground) => [0, 1, 2].map((i) => top[i] * top[3] + ground[i] * (1 - top[3]));
  const grounds = (part) => {
    const found = [];
    for (let at = part; at; at = at.parentElement) found.push(rgba(getComputedStyle(at).backgroundColor));
    return found.reverse().reduce((ground, top) => over(top, ground), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((v) => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("[data-part]")].map((part) => {
    const ground = grounds(part);
    const style = getComputedStyle(part);
    const [dark, bright] = [light(ground), light(over(rgba(style.color), ground))].sort((a, b) => a - b);
    return [part.dataset.part, (bright + 0.05) / (dark + 0.05), parseFloat(style.fontSize)];
  });
}
