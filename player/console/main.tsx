import { createRoot } from 'react-dom/client';
import { Console } from './console.tsx';
import './console.css';

const place = document.getElementById('app');
if (place !== null) createRoot(place).render(<Console />);
