// The utility bar's item and the panel above it. Hiding the panel never reloads the frame: a call would end.

export class Panel {
    /**
     * @param {Document} document
     * @param {{panelWidth: number, panelHeight: number}} size
     */
    constructor(document, size) {
        this.root = document.documentElement;
        this.body = document.body;
        this.titleText = document.getElementById('panel-title');
        this.labelText = document.getElementById('utility-label');
        this.item = document.getElementById('utility-item');
        this.item.addEventListener('click', () => this.show(!this.visible));
        document.getElementById('panel-minimize').addEventListener('click', () => this.show(false));
        this.resize({ width: size.panelWidth, height: size.panelHeight });
        this.show(true);
    }

    show(on) {
        this.visible = on;
        this.body.classList.toggle('panel-open', on);
        this.item.setAttribute('aria-expanded', String(on));
    }

    resize({ width, height }) {
        if (width) {
            this.root.style.setProperty('--panel-width', `${width}px`);
        }
        if (height) {
            this.root.style.setProperty('--panel-height', `${height}px`);
        }
    }

    title(text) {
        this.titleText.textContent = text;
    }

    label(text) {
        this.labelText.textContent = text;
    }
}
